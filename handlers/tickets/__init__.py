"""What is done with tickets, without a conversation: chat, panel and API call the same."""
