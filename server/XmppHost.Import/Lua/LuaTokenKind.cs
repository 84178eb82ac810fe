namespace XmppHost.Import.Lua;

internal enum LuaTokenKind { End, Name, Text, Number, Symbol }
