"""办案中心登记 · The register of case-handling centres."""
