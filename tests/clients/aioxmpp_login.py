"""An aioxmpp client that logs in over verified TLS, as the aioxmpp scripts use it."""

import aioxmpp
import aioxmpp.connector
from OpenSSL import SSL

from shared import check


def security(args):
    layer = aioxmpp.make_security_layer(args.password, no_verify=args.insecure)
    if args.insecure:
        return layer

    def context(*transport):
        result = layer.ssl_context_factory(*transport)
        result.load_verify_locations(args.ca)
        return result

    return layer._replace(ssl_context_factory=context)


def client_of(args, kind=aioxmpp.PresenceManagedClient):
    connector = aioxmpp.connector.XMPPOverTLSConnector if args.direct_tls else aioxmpp.connector.STARTTLSConnector
    return kind(aioxmpp.JID.fromstr(args.jid), security(args), override_peer=[(args.host, args.port, connector())])


def check_tls(client):
    tls = client.stream._xmlstream.transport.get_extra_info("ssl_object")
    check(isinstance(tls, SSL.Connection), f"{client.local_jid} logged in over {tls.get_protocol_version_name()}")
    check(True, f"stream management is {'on' if client.stream.sm_enabled else 'off'}")
