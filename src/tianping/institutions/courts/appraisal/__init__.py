"""委托鉴定 · Appraisals entrusted to outside bodies, and the register of these bodies."""
