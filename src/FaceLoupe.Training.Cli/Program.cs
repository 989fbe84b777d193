using FaceLoupe.Training.Cli;
using FaceLoupe.Training.Native;

NativeHeap.KeepFreedMemory();
OpenMpThreads.SleepWhileWaiting();
return TrainCommandLine.Run(args);
