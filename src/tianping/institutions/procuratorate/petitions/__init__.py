"""信访积案 · Old petitions, one ledger, each with a leader in charge."""
