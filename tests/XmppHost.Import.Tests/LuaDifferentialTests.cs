using System.Diagnostics;
using System.Globalization;
using System.Text;
using XmppHost.Import.Lua;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Tests;

/// <summary>Random values as Lua itself and as our reader understand them.</summary>
public sealed class LuaDifferentialTests
{
    private const int Options = 2000;

    private const string Dump = """
        local function show(v)
          if type(v) == "number" then return string.format("%.6f", v == 0 and 0 or v) end   -- no negative zero
          if type(v) == "string" then return "'" .. v:gsub(".", function(c) return string.format("%02x", c:byte()) end) .. "'" end
          if type(v) ~= "table" then return tostring(v) end
          local parts, names = {}, {}
          for i = 1, #v do parts[i] = show(v[i]) end
          for k in pairs(v) do if type(k) == "string" then names[#names + 1] = k end end
          table.sort(names)
          for _, k in ipairs(names) do parts[#parts + 1] = k .. "=" .. show(v[k]) end
          return "{" .. table.concat(parts, ",") .. "}"
        end
        local options = {}
        assert(loadfile(arg[1], "t", options))()
        for i = 1, tonumber(arg[2]) do print(show(options["x" .. i])) end
        """;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Lua_understands_every_value_as_we_do(int seed)
    {
        var random = new Random(seed);
        var config = new StringBuilder();
        for (var i = 1; i <= Options; i++) config.Append(CultureInfo.InvariantCulture, $"x{i} {Blank(random)}= {Value(random, 3)}{Blank(random)}{(random.Next(2) == 0 ? ";" : "")}\n");

        var expected = await RunLuaAsync(config.ToString());
        var read = LuaReader.Read(config.ToString(), "c.lua", new ImportLog()).Global.Options;

        for (var i = 1; i <= Options; i++) Assert.That(Shown(read[$"x{i}"]), Is.EqualTo(expected[i - 1]), () => config.ToString().Split($"\nx{i} ")[^1].Split($"\nx{i + 1} ")[0]);
    }

    private static string Value(Random random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => random.Next(2) == 0 ? "true" : "false",
        1 => Text(random),
        2 => $"{Text(random)} .. {Text(random)}",
        3 or 4 => Number(random, 3),
        5 => $"({Value(random, depth - 1)})",
        _ => Table(random, depth - 1),
    };

    private static string Table(Random random, int depth)
    {
        var entries = Enumerable.Range(0, random.Next(4)).Select(i => random.Next(3) switch
        {
            0 => $"k{i} = {Value(random, depth)}",
            1 => $"['q {i}'] = {Value(random, depth)}",
            _ => Value(random, depth),
        });
        return $"{{{Blank(random)}{string.Join(random.Next(2) == 0 ? ", " : ";\n", entries)}}}";
    }

    private static string Number(Random random, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
            return random.Next(6) switch { 0 => $"0x{random.Next(1, 999):x}", 1 => $"{random.Next(1, 99)}.5", 2 => "1e2", 3 => $"-{random.Next(1, 99)}", _ => random.Next(1, 999).ToString(CultureInfo.InvariantCulture) };
        var (left, right) = (Number(random, depth - 1), Number(random, depth - 1));
        return random.Next(7) switch { 0 => $"{left} + {right}", 1 => $"{left} - {right}", 2 => $"({left}) * {right}", 3 => $"{left} // {random.Next(1, 9)}", 4 => $"({left}) % {random.Next(1, 9)}", 5 => $"-{random.Next(1, 9)}^2", _ => $"({left})" };
    }

    private static string Text(Random random)
    {
        string[] pieces = ["a", "è", "\U0001F600", " ", "--", "[[", "\\n", "\\\\", "\\065", "\\x41", "\\u{20ac}", "\\z  ", "\\\"", "\\'", "\\\n", "="];
        var text = string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]));
        return random.Next(4) switch { 0 => $"[==[{text}]==]", 1 => $"'{text}'", 2 => $"[[\n{text.Replace("[[", "", StringComparison.Ordinal)}]]", _ => $"\"{text}\"" };
    }

    private static string Blank(Random random) => random.Next(8) switch { 0 => "\n", 1 => "-- c\n", 2 => "--[[ a\n b ]] ", 3 => "--[=[ ]] ]=]", _ => "" };

    private static string Shown(SourceValue? value) => value switch
    {
        SourceValue.Number number => number.Value.ToString("F6", CultureInfo.InvariantCulture),
        SourceValue.Text text => $"'{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text.Value))}'",
        SourceValue.Flag flag => flag.Value ? "true" : "false",
        SourceValue.Table table => $"{{{string.Join(',', table.Items.Select(Shown).Concat(table.Named.All.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={Shown(o.Value)}")))}}}",
        _ => "nil",
    };

    private static async Task<string[]> RunLuaAsync(string config)
    {
        var folder = Directory.CreateTempSubdirectory("xh-lua-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "c.lua"), config);
            await File.WriteAllTextAsync(Path.Combine(folder, "dump.lua"), Dump);
            var start = new ProcessStartInfo("lua5.4") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { Path.Combine(folder, "dump.lua"), Path.Combine(folder, "c.lua"), Options.ToString(CultureInfo.InvariantCulture) } };
            using var lua = Process.Start(start)!;
            var (output, error) = (lua.StandardOutput.ReadToEndAsync(), lua.StandardError.ReadToEndAsync());
            await lua.WaitForExitAsync();
            Assert.That(lua.ExitCode, Is.Zero, await error);
            return (await output).Split('\n');
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
