"""接处警 · Calls and dispatch."""
