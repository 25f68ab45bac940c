links-off = I do not open links here. Send me the audio or video file itself.
links-password = This link has a password in it, so I do not open it, and did not keep it. Better delete your message, and send the file itself.
links-private = I open links of the public internet only: http or https, without a special port. Send the file itself.
links-video-site = I cannot get videos from pages like this one here. Send the link of the audio or video file itself, or the file.
links-help = A link to an audio or video file works like the file itself.
