"""人民检察院 · The people's procuratorates."""
