using System.CommandLine;
using Wfm.Api.Features.SampleOperation;

namespace Wfm.Api.Commands;

/// <summary><c>sample --out DIR</c>: writes the sample operation as CSV, volumes included.</summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to write to; made when missing.", Required = true };
        var command = new Command("sample", "Writes the sample operation as CSV files, two years of 30-minute volumes included.") { folder };
        command.SetAction(parsed =>
        {
            var target = parsed.GetRequiredValue(folder);
            target.Create();
            var files = SampleOperationFiles.Load();
            using (var writer = new StreamWriter(Path.Combine(target.FullName, "volumes.csv")))
            {
                SampleVolumeCsv.Write(writer, new SampleVolumeGenerator(files).Generate());
            }

            foreach (var name in SampleOperationFiles.Names)
            {
                using var from = SampleOperationFiles.Open(name);
                using var to = File.Create(Path.Combine(target.FullName, name));
                from.CopyTo(to);
            }

            Console.WriteLine($"Written to {target.FullName}.");
        });
        return command;
    }
}
