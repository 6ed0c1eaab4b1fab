"""诉服质效 · How well a court serves: indicators with a published definition, counted every month, reviewed, announced, mended."""
