-- Rows read, loaded and rejected of each table, as the load counted them.
select table_name, rows_read, rows_loaded, rows_rejected from load_report order by rowid;
