"""当事人 · The parties of a case: joined, represented, replaced, withdrawn; shown masked unless somebody reveals them."""
