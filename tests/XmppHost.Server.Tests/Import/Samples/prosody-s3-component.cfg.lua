-- A server with one host, and the upload module that uses the AWS SDK as a component.
admins = { "admin@xmpp.host" }
modules_enabled = {
	"disco"; "roster"; "saslauth"; "tls"; -- these first
	"ping"; "smacks"; "blocklist"; "carbons"; "mam";
}

VirtualHost "xmpp.host"

Component "upload.xmpp.host" "http_upload_s3"
	name = "HTTP file upload"
	ssl = {
		certificate = "/etc/prosody/certs/upload.xmpp.host.crt";
		key = "/etc/prosody/certs/upload.xmpp.host.key";
	}
	http_upload_s3_region = "eu-west-2";
	http_upload_s3_access_id = "AKIAEXAMPLE1";
	http_upload_s3_secret_key = "a secret of the component";
	http_upload_s3_endpoint_url = "https://objects.example.net";
	http_upload_s3_base_domain = "download.xmpp.host";
	http_upload_s3_bucket = "xmppbucket";
	http_upload_s3_path = "uploads";
	http_upload_s3_file_size_limit = 50 * 1024 * 1024
	http_upload_s3_access = {
		"filesharingenthusiast@example.net", -- one person
		"example.org" -- a whole server
	}
