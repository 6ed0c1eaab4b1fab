"""牵头机构 · The body that leads the institutions of justice."""
