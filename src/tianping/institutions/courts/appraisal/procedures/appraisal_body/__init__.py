"""鉴定机构名册 · An appraisal body on the register."""
