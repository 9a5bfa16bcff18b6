Console.WriteLine("This project only carries dotnet-ef; run build/migrations/initial.sh.");
