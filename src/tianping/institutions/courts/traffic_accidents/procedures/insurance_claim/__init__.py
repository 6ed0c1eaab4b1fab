"""保险理赔 · One claim at the insurer."""
