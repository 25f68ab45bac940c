alerts-off = You hear nothing of this for a day
alerts-on = You hear of it again
button-alerts-off = 🔕 Mute for a day
button-alerts-on = 🔔 Unmute
