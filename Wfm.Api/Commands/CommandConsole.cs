using Spectre.Console;

namespace Wfm.Api.Commands;

/// <summary>Where the commands print: bars and tables on a terminal, plain lines of full width where output goes to a file.</summary>
internal static class CommandConsole
{
    private const int WidthOfFiles = 220;

    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }

    /// <summary>Bars with what is going on behind them.</summary>
    public static Progress Bars(this IAnsiConsole console) => console.Progress().AutoClear(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn());

    /// <summary>What a bar is about and what it is doing now.</summary>
    public static void Say(this ProgressTask task, string name, double fraction, string text)
    {
        task.Description = Markup.Escape(text.Length == 0 ? name : $"{name}: {text}");
        task.Value = fraction * task.MaxValue;
    }

    /// <summary>A table whose first column reads and whose others count.</summary>
    public static Table Figures(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (i, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)) { Alignment = i == 0 ? Justify.Left : Justify.Right, NoWrap = true });
        }

        return table;
    }

    public static void Add(this Table table, params string[] cells) => table.AddRow(Array.ConvertAll(cells, Markup.Escape));
}
