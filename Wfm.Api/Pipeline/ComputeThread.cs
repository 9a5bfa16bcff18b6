using System.Runtime.InteropServices;

namespace Wfm.Api.Pipeline;

/// <summary>Threads for what computes for long: where cores are short they give way to those that answer requests.</summary>
/// <remarks>By the niceness of Linux, which it keeps for each thread; the threads that the work starts inherit it. .NET's own priorities do nothing there.
/// Threads of the pool cannot be used: an ordinary user may make a thread nicer, but never takes that back.</remarks>
internal static class ComputeThread
{
    private const int Self = 0;

    /// <param name="niceness">0 for as important as any other; of two threads that want a core, one that is nicer by 5 gets a third of the other's time, by 10
    /// a tenth.</param>
    public static async Task<T> Run<T>(Func<T> work, int niceness, CancellationToken cancellationToken)
    {
        if (niceness == 0)
        {
            return await Task.Run(work, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Compute(work, niceness, done)) { IsBackground = true, Name = "compute" }.Start();
        return await done.Task;
    }

    private static void Compute<T>(Func<T> work, int niceness, TaskCompletionSource<T> done)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(0, Self, niceness); // refused, it runs like any other
        }

        try
        {
            done.SetResult(work());
        }
#pragma warning disable CA1031 // whoever awaits it gets it
        catch (Exception e)
#pragma warning restore CA1031
        {
            done.SetException(e);
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int niceness);
}
