using System.Security.Cryptography;

namespace XmppHost.Core;

/// <summary>A random key of this installation, made on first run: answers about accounts that do not exist are made from it.</summary>
internal sealed record LoginSecret(byte[] Key)
{
    internal const int Size = 32;

    /// <exception cref="InvalidDataException">The file has another size.</exception>
    internal static LoginSecret LoadOrCreate(string path)
    {
        if (!File.Exists(path)) Create(path);
        var secret = File.ReadAllBytes(path);
        return secret.Length == Size ? new LoginSecret(secret) : throw new InvalidDataException($"{path} must have {Size} bytes; delete it to have a new one made");
    }

    // Written beside and renamed: a crash must not leave half a key, and the loser of a race must read the winner's.
    private static void Create(string path)
    {
        var temporary = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options)) file.Write(RandomNumberGenerator.GetBytes(Size));
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
