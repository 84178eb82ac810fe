-- Files on a service that takes the tokens of mod_http_file_share.
modules_enabled = { "disco", "roster", "smacks" }

Component "share.example.org" "http_file_share"
	http_file_share_base_url = "https://files.example.org/share/"
	http_file_share_secret = "a secret of the tokens"
	http_file_share_size_limit = 20 * 1024 * 1024 + 16
	http_file_share_expires_after = "never"
	http_file_share_safe_file_types = { "image/*" }

VirtualHost "example.org"
