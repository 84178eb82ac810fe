namespace XmppHost.Addressing.Unicode;

/// <summary>Bidi_Class; the explicit embeddings, overrides and isolates are <see cref="Other"/>. The order is that of <c>unicode.bin</c>.</summary>
internal enum BidiClass : byte { Other, L, R, AL, EN, ES, ET, AN, CS, NSM, BN, B, S, WS, ON }
