"""What lies in the data folder: attachments, articles, the knowledge of this installation, backups of it."""
