using System.Text;

namespace XmppHost.Server.Tests.Metrics;

/// <summary>Protocol buffers on the wire, without a schema.</summary>
internal static class Protobuf
{
    /// <summary>All length-delimited fields of that number.</summary>
    internal static IEnumerable<byte[]> Fields(byte[] message, int number)
    {
        var position = 0;
        while (position < message.Length)
        {
            var tag = ReadVarint(message, ref position);
            switch (tag & 7)
            {
                case 0:
                    ReadVarint(message, ref position);
                    break;
                case 1:
                    position += 8;
                    break;
                case 5:
                    position += 4;
                    break;
                case 2:
                    var length = (int)ReadVarint(message, ref position);
                    if ((int)(tag >> 3) == number) yield return message[position..(position + length)];
                    position += length;
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    internal static string Text(byte[] message, int number) => Fields(message, number).Select(Encoding.UTF8.GetString).FirstOrDefault() ?? "";

    private static ulong ReadVarint(byte[] message, ref int position)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
