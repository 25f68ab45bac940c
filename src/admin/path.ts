/** Path of the admin page on the web server. */
export const adminPath = '/admin';
