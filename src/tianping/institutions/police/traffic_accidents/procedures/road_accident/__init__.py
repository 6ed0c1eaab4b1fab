"""道路交通事故 · An accident, from the report to the certificate, its review and the mediation by the police."""
