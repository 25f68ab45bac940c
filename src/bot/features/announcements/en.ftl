announcements-off = You get no more announcements
announcements-on = You get announcements again
button-announcements-off = 🔕 No more announcements
button-announcements-on = 🔔 Announcements again
