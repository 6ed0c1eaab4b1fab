"""立案 · Receiving complaints, mediation before filing, filing."""
