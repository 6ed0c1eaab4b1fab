"""自助机 · A kiosk on one day."""
