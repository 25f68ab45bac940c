links-off = I don’t open links here. Send the audio or video file itself.
links-password = This link contains a password, so I did not open it or keep it. It is safer to delete your message and send the file itself.
links-private = I only open links on the public internet: http or https, without a special port. Send the file itself.
links-video-site = I can’t get videos from pages like this. Send a link to the audio or video file, or the file itself.
links-help = You can send a link to an audio or video file, too.
