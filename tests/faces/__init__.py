"""门面的旅程 · Journeys through the faces in a real Chromium, on a served city."""
