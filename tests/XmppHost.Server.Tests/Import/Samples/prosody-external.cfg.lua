-- Upload services elsewhere, one per host, with what both have in common above.
local files = "https://files.example.org"
modules_enabled = { "roster", "register", "http_upload_external" }
allow_registration = true
http_upload_external_secret = [[this is a "secret" string!]]
http_upload_external_file_size_limit = 100 * 1024 * 1024 + 16

VirtualHost "example.org"
	http_upload_external_base_url = files .. "/share.php/"
	http_upload_external_access = { "gateway.example.org"; "bot@example.net" }

VirtualHost "example.net"
	http_upload_external_base_url = "https://files.example.net/upload/"
	http_upload_external_secret = ENV_SHARE_SECRET
	http_upload_external_protocol = "v2"
	http_upload_external_file_mode = "0600"

VirtualHost "old.example" { enabled = false }
