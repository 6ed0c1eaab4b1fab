"""委托鉴定 · An entrusted appraisal."""
