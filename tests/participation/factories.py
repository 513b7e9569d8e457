"""Consultations, sessions and what hangs on them. Each noun brings its own below its heading."""

# --- Consultations (helper « builder ») ------------------------------------------------------------------------
