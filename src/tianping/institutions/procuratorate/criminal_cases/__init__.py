"""刑事检察 · Criminal cases: custody, arrest, review for prosecution, and the trial that follows."""
