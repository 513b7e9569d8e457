"""Files people bring and PDFs we make: checked by content, stored outside the web root.

Owns the words: file, upload, PDF.
"""
