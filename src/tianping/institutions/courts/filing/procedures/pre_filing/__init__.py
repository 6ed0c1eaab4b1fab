"""诉前分流与登记立案 · From the complaint received to the case filed, through mediation or not."""
