"""历史版本 · Superseded versions, frozen."""
