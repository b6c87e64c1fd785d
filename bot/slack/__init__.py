"""Slack: Socket Mode or signed HTTP in, Block Kit out. Off until a bot token is set."""

from bot.slack.channel import Slack
from bot.slack.checks import checks
from bot.slack.inbound import to_event
from bot.slack.settings import SlackSettings

__all__ = ["Slack", "SlackSettings", "checks", "to_event"]
