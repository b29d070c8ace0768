"""Lists as tables for other programs: CSV, XLSX and Parquet, written as the rows come."""
