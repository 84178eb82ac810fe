VirtualHost "example.org"
	ssl = { certificate = "/etc/certs/a.pem", key = "/etc/certs/a.key" }
VirtualHost "example.com"
	modules_disabled = { "private" }
