namespace XmppHost.Architecture.Tests;

/// <summary>The titles of the XEPs that the server implements, for the README.</summary>
internal static class XepTitles
{
    internal static IReadOnlyDictionary<int, string> All { get; } = new Dictionary<int, string>
    {
        [12] = "Last Activity",
        [30] = "Service Discovery",
        [49] = "Private XML Storage",
        [50] = "Ad-Hoc Commands",
        [54] = "vcard-temp",
        [59] = "Result Set Management",
        [77] = "In-Band Registration",
        [92] = "Software Version",
        [115] = "Entity Capabilities",
        [128] = "Service Discovery Extensions",
        [157] = "Contact Addresses for XMPP Services",
        [160] = "Best Practices for Handling Offline Messages",
        [175] = "Best Practices for Use of SASL ANONYMOUS",
        [191] = "Blocking Command",
        [198] = "Stream Management",
        [199] = "XMPP Ping",
        [202] = "Entity Time",
        [203] = "Delayed Delivery",
        [215] = "External Service Discovery",
        [237] = "Roster Versioning",
        [280] = "Message Carbons",
        [297] = "Stanza Forwarding",
        [313] = "Message Archive Management",
        [334] = "Message Processing Hints",
        [352] = "Client State Indication",
        [359] = "Unique and Stable Stanza IDs",
        [363] = "HTTP File Upload",
        [368] = "SRV records for XMPP over TLS",
        [440] = "SASL Channel-Binding Type Capability",
        [441] = "Message Archive Management Preferences",
    };
}
