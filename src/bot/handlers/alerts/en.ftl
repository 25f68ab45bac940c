alerts-off = Alerts are muted for a day
alerts-on = Alerts are on again
button-alerts-off = 🔕 Mute for a day
button-alerts-on = 🔔 Unmute
