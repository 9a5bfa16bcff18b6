using System.Globalization;

namespace Wfm.Api.Commands;

/// <summary>Named bars that redraw in place on a terminal; plain lines at every tenth where output goes to a file.</summary>
internal sealed class ProgressBars(TextWriter output, bool isTerminal)
{
    private const int Width = 28;
    private readonly List<(string Name, double Fraction, string Text)> _bars = [];
    private int _drawn;

    public static ProgressBars OnConsole() => new(Console.Out, !Console.IsOutputRedirected);

    /// <summary>Adds a bar at zero and gives its number.</summary>
    public int Add(string name)
    {
        _bars.Add((name, 0, ""));
        return _bars.Count - 1;
    }

    /// <param name="fraction">0 … 1.</param>
    public void Set(int bar, double fraction, string text)
    {
        var (name, before, _) = _bars[bar];
        _bars[bar] = (name, fraction, text);
        if (!isTerminal && (int)(fraction * 10) > (int)(before * 10))
        {
            output.WriteLine(Line(_bars[bar]));
        }
    }

    /// <summary>Draws all bars again where they stand.</summary>
    public void Draw()
    {
        if (!isTerminal)
        {
            return;
        }

        if (_drawn > 0)
        {
            output.Write($"\u001b[{_drawn}A");
        }

        foreach (var bar in _bars)
        {
            output.WriteLine("\u001b[2K" + Line(bar));
        }

        _drawn = _bars.Count;
        output.Flush();
    }

    private static string Line((string Name, double Fraction, string Text) bar)
    {
        var full = (int)Math.Round(Math.Clamp(bar.Fraction, 0, 1) * Width);
        var text = bar.Text.Length > 60 ? bar.Text[..59] + "…" : bar.Text;
        return string.Create(CultureInfo.InvariantCulture, $"  {bar.Name,-14} [{new string('█', full)}{new string('·', Width - full)}] {bar.Fraction,4:P0}  {text}");
    }
}
