announcements-off = Announcements are off
announcements-on = Announcements are on again
button-announcements-off = 🔕 Mute announcements
button-announcements-on = 🔔 Unmute announcements
