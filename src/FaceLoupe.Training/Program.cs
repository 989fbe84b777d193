using FaceLoupe.Training;
using FaceLoupe.Training.Native;

NativeHeap.KeepFreedMemory();
return TrainCommandLine.Run(args);
