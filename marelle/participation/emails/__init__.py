"""What mails say, one module per noun."""
